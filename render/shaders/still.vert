// A picture over a rectangle given in clip space.
in vec2 corner;
uniform vec4 place;
uniform float depth;
out vec2 texture_at;

void main() {
    texture_at = corner;
    gl_Position = vec4(place.xy + corner * place.zw, depth, 1.0);
}
