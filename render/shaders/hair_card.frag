// Two shifted highlights of a strand, after Kajiya & Kay (1989) and Scheuermann (2004).
#include "light.glsl"
#include "hair_cover.glsl"
uniform vec3 tint;
uniform vec4 shell;
uniform vec2 cover_range;
in vec3 at;
in vec3 facing;
in vec3 along;
in vec4 on_strand;
in float greyed;
out vec4 colour;

void main() {
    vec2 fibre = card_fibre(on_strand);
    float cover = card_cover(on_strand, fibre);
    if (cover < cover_range.x || cover > cover_range.y || in_opening(at, shell)) discard;

    vec3 v = normalize(EYE - at);
    vec3 t = normalize(along);
    vec3 n = normalize(facing);
    float open = on_strand.w;
    float shift = (fibre.g - 0.5) * 0.22 + (on_strand.z - 0.5) * 0.10;
    vec3 h = normalize(KEY_DIRECTION + v);
    float d1 = dot(normalize(t + n * (shift - 0.06)), h);
    float d2 = dot(normalize(t + n * (shift + 0.14)), h);
    float sharp = pow(max(1.0 - d1 * d1, 0.0), 90.0);
    float broad = pow(max(1.0 - d2 * d2, 0.0), 16.0);

    float n_key = dot(n, KEY_DIRECTION);
    float depth = mix(0.45, 1.0, open) * mix(0.62, 1.0, smoothstep(0.0, 0.22, on_strand.y));
    vec3 own = mix(tint, vec3(0.13, 0.13, 0.135), greyed * 0.85);
    vec3 base = own * 1.25 * (0.42 + 1.15 * fibre.r) * (0.92 + 0.16 * on_strand.z);
    // Thin ends let light through.
    base *= 1.0 + 0.35 * smoothstep(0.55, 1.0, on_strand.y);
    vec3 c = base * depth * (KEY_COLOUR * clamp(n_key * 0.62 + 0.38, 0.0, 1.0) * 0.95
        + FILL_COLOUR * clamp(dot(n, FILL_DIRECTION) * 0.5 + 0.4, 0.0, 1.0) * 0.9
        + ambient(n) * 1.5);
    c += (KEY_COLOUR * sharp * 0.10 * vec3(1.0, 0.93, 0.85) + KEY_COLOUR * broad * own * 1.9)
        * clamp(n_key + 0.25, 0.0, 1.0) * depth * (0.4 + 0.9 * fibre.r);
    float d3 = dot(t, normalize(RIM_DIRECTION + v));
    c += RIM_COLOUR * pow(max(1.0 - d3 * d3, 0.0), 24.0) * 0.05
        * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 2.0) * depth;
    colour = vec4(tone(c), cover);
}
