uniform sampler2D lit;
uniform float mark;
in vec2 texture_at;
in vec3 relight;
out vec4 colour;

void main() {
    colour = vec4(texture(lit, texture_at).rgb * relight, mark);
}
