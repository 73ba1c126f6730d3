// The shell's radius where a card covers it.
#include "hair_cover.glsl"
uniform vec4 shell;
in vec3 at;
in vec4 on_strand;
out vec4 colour;

void main() {
    if (card_cover(on_strand, card_fibre(on_strand)) < 0.4 || in_opening(at, shell)) discard;
    float rise = at.y - shell.y;
    float flat_radius = length(vec2(at.x, at.z - shell.x));
    colour = vec4(
        rise < 0.0 ? flat_radius : sqrt(flat_radius * flat_radius + rise * rise), 0.0, 0.0, 1.0);
}
