uniform sampler2D layer;
in vec2 texture_at;
out vec4 colour;

void main() {
    colour = texture(layer, texture_at);
}
