// A part shaded for each pixel in the pose it has now; `rest` is where its small forms are fixed.
#include "skinning.glsl"
#include "light.glsl"
#include "contact.glsl"
#include "creases.glsl"
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec2 shade;
in vec4 drape;
#ifdef OWN_MARKS
in float mark;
out float marked;
#endif
#ifdef CREASES
in float creasing;
out float creased;
#endif
out vec3 at;
out vec3 rest;
out vec3 facing;
out vec2 texture_at;
out vec2 shading;
out vec4 draping;

void main() {
    blend_bones();
    at = posed_point(position);
    rest = position;
    facing = posed_normal(normal);
    texture_at = uv;
#ifdef OWN_MARKS
    marked = mark;
#endif
    shading = shade;
#ifdef FIRST_SPHERE
    shading *= mix(vec2(0.05), vec2(1.0),
        left_open(at, normalize(facing)));
#endif
    draping = drape;
#ifdef CREASES
    creased = min(creasing, DEEPEST);
#endif
    gl_Position = view_projection * vec4(at, 1.0);
}
