// Whole pixels, origin at the upper left; the picture is drawn upside down, so y needs no turn.
uniform vec2 picture_size;
uniform vec2 offset;
uniform vec2 layer_size;
in vec2 pixel;
out vec2 texture_at;

void main() {
    texture_at = pixel / layer_size;
    gl_Position = vec4((pixel + offset) / picture_size * 2.0 - 1.0, 0.0, 1.0);
}
