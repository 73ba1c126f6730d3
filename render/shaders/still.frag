uniform sampler2D picture;
in vec2 texture_at;
out vec4 colour;

void main() {
    colour = texture(picture, texture_at);
}
