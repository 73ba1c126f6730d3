// Sclera, iris and the two catchlights of key and fill.
#include "light.glsl"
uniform vec3 centre;
uniform vec3 forward;
uniform vec3 upward;
uniform vec3 iris_colour;
uniform float lid;
uniform float mark;
in vec3 at;
in vec3 facing;
out vec4 colour;

const float IRIS = 0.53;

// A softbox seen in the wet surface: a rounded rectangle round the mirrored direction.
float softbox(vec3 mirrored, vec3 towards, float half_width, float half_height) {
    vec3 side = normalize(cross(vec3(0.0, 1.0, 0.0), towards));
    vec3 over = cross(towards, side);
    vec2 q = abs(vec2(dot(mirrored, side), dot(mirrored, over))) - vec2(half_width, half_height);
    return smoothstep(0.07, -0.03, max(q.x, q.y)) * step(0.0, dot(mirrored, towards));
}

void main() {
    vec3 v = normalize(EYE - at);
    vec3 n = normalize(facing);
    vec3 d = normalize(at - centre);
    vec3 right = normalize(cross(upward, forward));
    vec3 up = cross(forward, right);
    vec2 q = vec2(dot(d, right), dot(d, up));

    // The iris lies behind the cornea: look it up a little towards the viewer.
    vec2 bent = q - vec2(dot(v, right), dot(v, up)) * 0.05;
    float r = length(bent) / IRIS;
    float angle = atan(bent.y, bent.x);
    float fibre = 0.5 + 0.25 * sin(angle * 37.0 + 3.0 * sin(angle * 9.0))
        + 0.25 * sin(angle * 71.0 + r * 9.0 + 2.0 * sin(angle * 5.0));
    // A little grey: pure colour looks painted on.
    vec3 tinted = mix(iris_colour, vec3(dot(iris_colour, vec3(0.33))), 0.30);
    vec3 iris = mix(tinted * 1.15, tinted * 0.40, smoothstep(0.5, 1.0, r));
    iris *= 0.65 + 0.75 * fibre * smoothstep(0.3, 0.6, r);
    iris += tinted * vec3(0.6, 0.5, 0.4) * smoothstep(0.58, 0.40, r);
    // Light gathers in the iris opposite the key.
    iris *= 1.0 + 1.5 * clamp(-bent.y * 1.7 - bent.x * sign(KEY_DIRECTION.x) * 0.8, 0.0, 1.0);
    iris *= smoothstep(0.33, 0.40, r);

    vec3 white = vec3(0.66, 0.63, 0.615)
        * mix(vec3(1.0), vec3(1.0, 0.80, 0.76), smoothstep(0.55, 0.95, length(q)));
    float limbus = mix(0.30, 1.0, smoothstep(1.02, 0.80, r));
    vec3 base = mix(white, iris * limbus, smoothstep(1.07, 0.93, r));
    if (dot(d, forward) < 0.0) base = white;

    float shade = mix(0.34, 1.0, smoothstep(0.62, 0.08, q.y + 0.06 + 0.5 * lid));
    shade *= 0.62 + 0.38 * smoothstep(0.95, 0.42, abs(q.x));
    float n_key = clamp((dot(n, KEY_DIRECTION) + 0.25) / 1.25, 0.0, 1.0);
    vec3 c = base * (KEY_COLOUR * n_key * 0.72 + ambient(n) * 0.9 + FILL_COLOUR * 0.25) * shade;

    vec3 mirrored = reflect(-v, n);
    c += vec3(1.5, 1.47, 1.42) * softbox(mirrored, CATCH_KEY, 0.19, 0.24) * mix(0.5, 1.0, shade);
    c += vec3(0.30, 0.32, 0.36) * softbox(mirrored, CATCH_FILL, 0.10, 0.26);
    c += vec3(0.08, 0.09, 0.10) * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 3.0) * shade;
    // What a shut lid leaves open is a line in the shade of the lashes.
    c *= mix(vec3(1.0), vec3(0.10, 0.05, 0.045), smoothstep(0.55, 0.9, lid));
    colour = vec4(tone(c), mark);
}
