uniform sampler2D strands;
uniform sampler2D albedo;
uniform float has_albedo;

// Strands that lie in front of the neck, within the face's opening, do not belong to the shell.
bool in_opening(vec3 p, vec4 shell) {
    float forward = p.z - shell.x;
    float radius = length(vec2(p.x, forward));
    return p.y < shell.y && forward > -0.01
        && (radius < 0.055 || (radius < 0.076 && forward > 0.6 * radius));
}

// Cover of one card at a point: strand.x across, .y root to tip, .z a number of its own.
float card_cover(vec4 strand, vec2 fibre) {
    if (has_albedo > 0.5) return texture(albedo, strand.xy).a;
    float edge = 1.0 - abs(strand.x * 2.0 - 1.0);
    return smoothstep(0.0, 0.30, edge + fibre.r * 0.6 - 0.34)
        * smoothstep(1.02, 0.86, strand.y + (0.5 - fibre.r) * 0.22)
        * smoothstep(-0.02, 0.09, strand.y + (0.5 - fibre.g) * 0.06);
}

vec2 card_fibre(vec4 strand) {
    return texture(strands, vec2(strand.x * 0.12 + strand.z, strand.y * 0.9 + strand.z * 3.0)).rg;
}
