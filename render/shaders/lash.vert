#include "skinning.glsl"
in vec3 position;
in vec2 uv;
out vec2 texture_at;

void main() {
    blend_bones();
    texture_at = uv;
    gl_Position = view_projection * vec4(posed_point(position), 1.0);
}
