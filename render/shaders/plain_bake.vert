in vec2 corner;
out vec2 texture_at;

void main() {
    texture_at = corner;
    gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}
