// Hair cards projected outwards on to a shell round the head: a cylinder with a dome.
uniform vec4 shell;
uniform float reach;
in vec3 position;
in vec3 normal;
in vec3 tangent;
in vec4 strand;
in float turn;
in float grey;
out vec3 at;
out vec3 facing;
out vec3 along;
out vec4 on_strand;
out float greyed;

void main() {
    at = position;
    facing = normal;
    along = tangent;
    on_strand = strand;
    greyed = grey;
    float z = position.z - shell.x;
    float rise = position.y - shell.y;
    float flat_radius = length(vec2(position.x, z));
    float radius = rise < 0.0 ? flat_radius : sqrt(flat_radius * flat_radius + rise * rise);
    float v = rise < 0.0 ? rise : atan(rise, flat_radius) * DOME_M;
    gl_Position = vec4(
        turn,
        (v - shell.z) / (shell.w - shell.z) * 2.0 - 1.0,
        1.0 - radius / reach,
        1.0);
}
