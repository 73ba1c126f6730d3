// Teeth, gums and tongue: small and half in the dark, so lit for each vertex.
#include "skinning.glsl"
#include "light.glsl"
uniform vec3 tint;
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec2 shade;
out vec2 texture_at;
out vec3 relight;

void main() {
    blend_bones();
    vec3 p = posed_point(position);
    vec3 n = normalize(posed_normal(normal));
    float n_key = clamp((dot(n, KEY_DIRECTION) + 0.5) / 1.5, 0.0, 1.0);
    vec3 light = KEY_COLOUR * n_key * 0.62 + ambient(n) * 0.7 + FILL_COLOUR * 0.2;
    vec3 h = normalize(KEY_DIRECTION + normalize(EYE - p));
    float wet = 0.16 * pow(clamp(dot(n, h), 0.0, 1.0), 40.0);
    texture_at = uv;
    relight = tone((tint * light + wet) * shade.x);
    gl_Position = view_projection * vec4(p, 1.0);
}
