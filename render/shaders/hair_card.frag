// Two shifted highlights of a strand, after Kajiya & Kay (1989) and Scheuermann (2004).
#include "light.glsl"
#include "hair_cover.glsl"
uniform vec3 tint;
uniform vec4 shell;
uniform vec2 cover_range;
uniform float ringlets;
in vec3 at;
in vec3 facing;
in vec3 along;
in vec4 on_strand;
in float greyed;
out vec4 colour;

// Light that runs along a strand where it stands across the half vector.
float highlight(vec3 t, vec3 h, float power) {
    float d = dot(normalize(t), h);
    return pow(max(1.0 - d * d, 0.0), power);
}

void main() {
    vec2 fibre = card_fibre(on_strand);
    float cover = card_cover(on_strand, fibre);
    if (cover < cover_range.x || cover > cover_range.y || in_opening(at, shell)) discard;

    vec3 v = normalize(EYE - at);
    vec3 t = normalize(along);
    vec3 n = normalize(facing);
    float open = on_strand.w;
    float down = on_strand.y;
    float shift = (fibre.g - 0.5) * 0.12 + (on_strand.z - 0.5) * 0.06;
    vec3 h = normalize(KEY_DIRECTION + v);

    // Grey is a matter of single hairs: a lock is a mixture.
    float grey = clamp(greyed + (fibre.r - 0.5) * 1.1 * min(greyed * 4.0, 1.0), 0.0, 1.0);
    vec3 own = mix(tint, vec3(0.13, 0.13, 0.135), grey * 0.85);
    // The light that comes out of a hair has been through it.
    vec3 within = own / max(max(own.r, own.g), max(own.b, 0.004));
    within = mix(within, vec3(1.0), 0.58);

    // Darker at the root, where locks lie close and shade each other; lighter where ends are worn.
    float depth = mix(mix(0.50, 0.06, ringlets), 1.0, open) * mix(0.80, 1.0, smoothstep(0.0, 0.20, down));
    vec3 base = own * 1.15 * (0.70 + 0.60 * fibre.r) * (0.84 + 0.32 * on_strand.z);
    base *= mix(1.0 + 0.45 * smoothstep(0.45, 1.0, down), 0.85, ringlets);
    float n_key = dot(n, KEY_DIRECTION);
    vec3 c = base * depth * (KEY_COLOUR * clamp(n_key * 0.62 + 0.38, 0.0, 1.0) * 0.95
        + FILL_COLOUR * clamp(dot(n, FILL_DIRECTION) * 0.5 + 0.4, 0.0, 1.0) * 0.9
        + ambient(n) * 1.5);

    vec3 gloss = within * (0.12 + own * 6.0);
    // Strands bend over cheekbone and shoulder, more than the few points of a card show.
    float from_bend = (down - 0.58 - 0.12 * (fibre.g - 0.5)) / 0.17;
    float bend = 0.24 * exp(-from_bend * from_bend);
    float lit = clamp(n_key + 0.35, 0.0, 1.0) * depth * (0.55 + 0.9 * fibre.r);
    // Each coil has its own small light, where it turns up towards the key.
    float coil = ringlets * 0.42 * pow(max(dot(n, h), 0.0), 14.0);
    c += KEY_COLOUR * gloss * lit * (coil + (1.0 - 0.35 * ringlets) * (
        highlight(t + n * (shift - 0.06), h, 60.0) * 0.36
        + highlight(t + n * (shift + 0.14 + bend), h, 14.0) * 0.20
        + highlight(t + n * (shift + 0.30), h, 5.0) * 0.02));
    vec3 h_fill = normalize(FILL_DIRECTION + v);
    c += FILL_COLOUR * gloss * highlight(t + n * shift, h_fill, 14.0) * 0.11
        * clamp(dot(n, FILL_DIRECTION) + 0.3, 0.0, 1.0) * depth;
    float d3 = dot(t, normalize(RIM_DIRECTION + v));
    c += RIM_COLOUR * within * pow(max(1.0 - d3 * d3, 0.0), 24.0) * 0.05
        * pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 2.0) * depth;
    colour = vec4(tone(c), cover);
}
