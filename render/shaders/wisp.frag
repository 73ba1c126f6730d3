uniform sampler2D lit;
in vec2 texture_at;
in float shown;
out vec4 colour;

void main() {
    colour = vec4(texture(lit, texture_at).rgb * 1.15, shown);
}
