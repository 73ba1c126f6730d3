// An eyeball: turned by its bone, lit where it is.
uniform mat4 view_projection;
uniform mat4 placed;
in vec3 position;
in vec3 normal;
out vec3 at;
out vec3 facing;

void main() {
    vec4 p = placed * vec4(position, 1.0);
    at = p.xyz;
    facing = mat3(placed) * normal;
    gl_Position = view_projection * p;
}
