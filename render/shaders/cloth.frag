// Cloth in the light of the mesh's own pose: melange yarn and soft folds, made here.
#include "light.glsl"
uniform sampler2D albedo;
uniform float has_albedo;
uniform vec3 tint;
in vec3 at;
in vec3 facing;
in vec2 texture_at;
in vec2 shading;
out vec4 colour;

const float FOLD_DEPTH = 0.010;  // metres

float hash(vec3 p) {
    return fract(sin(dot(p, vec3(127.1, 311.7, 74.7))) * 43758.5453);
}

float value_noise(vec3 p) {
    vec3 i = floor(p);
    vec3 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    vec2 e = vec2(0.0, 1.0);
    return mix(
        mix(mix(hash(i), hash(i + e.yxx), f.x), mix(hash(i + e.xyx), hash(i + e.yyx), f.x), f.y),
        mix(mix(hash(i + e.xxy), hash(i + e.yxy), f.x),
            mix(hash(i + e.xyy), hash(i + e.yyy), f.x), f.y),
        f.z);
}

// Height of the folds: bent ridges, stronger towards the waist and the elbows.
float folds(vec3 p) {
    vec3 bent = p * vec3(9.0, 5.5, 9.0)
        + 1.1 * vec3(value_noise(p * 7.0), value_noise(p * 6.0 + 9.0), value_noise(p * 7.0 + 5.0));
    float ridge = abs(value_noise(bent) * 2.0 - 1.0);
    float ridge_small = abs(value_noise(bent * 2.3 + 3.0) * 2.0 - 1.0);
    return ridge * 0.7 + ridge_small * 0.25;
}

void main() {
    vec3 n = normalize(facing);
    vec3 v = normalize(EYE - at);
    vec4 texel = mix(vec4(1.0), texture(albedo, texture_at), has_albedo);
    vec3 base = texel.rgb * texel.rgb * tint;
    float open = shading.x;
    float seen = shading.y;

    float step_m = 0.004;
    float here = folds(at);
    vec3 slope = vec3(
        folds(at + vec3(step_m, 0.0, 0.0)) - here,
        folds(at + vec3(0.0, step_m, 0.0)) - here,
        folds(at + vec3(0.0, 0.0, step_m)) - here) / step_m;
    n = normalize(n - FOLD_DEPTH * (slope - n * dot(slope, n)));

    float yarn = value_noise(at * 900.0) * 0.5 + value_noise(at * vec3(420.0, 1500.0, 420.0)) * 0.5;
    base *= 1.0 + 0.16 * (yarn - 0.5);

    float n_key = dot(n, KEY_DIRECTION);
    vec3 light = KEY_COLOUR * clamp((n_key + 0.15) / 1.15, 0.0, 1.0) * mix(seen, 1.0, 0.12)
        + FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.25) / 1.25, 0.0, 1.0) * mix(open, 1.0, 0.3)
        + ambient(n) * open;
    light *= mix(0.86, 1.0, smoothstep(0.0, 0.5, here));
    float grazing = pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0);
    vec3 sheen = (base * 0.6 + 0.02) * grazing * open
        * (KEY_COLOUR * clamp(n_key * 0.5 + 0.5, 0.0, 1.0) * 0.4 + RIM_COLOUR * rim_amount(n) * 0.5);
    colour = vec4(tone(base * light + sheen), texel.a);
}
