#include "skinning.glsl"
in vec3 position;
in vec2 uv;
in float cover;
out vec2 texture_at;
out float shown;

void main() {
    blend_bones();
    texture_at = uv;
    shown = cover;
    gl_Position = view_projection * vec4(posed_point(position), 1.0);
}
