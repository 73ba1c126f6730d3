// A textured part whose texture holds the light of the mesh's own pose; what the pose changes is
// multiplied in for each vertex: light(posed) / light(as baked).
#include "skinning.glsl"
#include "light.glsl"
#include "contact.glsl"
#include "creases.glsl"
uniform float grey;
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec3 unlit;
#ifdef OWN_MARKS
in float mark;
out float marked;
#endif
#ifdef CREASES
in float creasing;
out float creased;
#endif
out vec2 texture_at;
out vec3 relight;

// Skin is near white already; cloth is dark and may gain more.
#if defined(SKIN) && !defined(TURNS_OVER)
const float HIGHEST = 1.3;
#else
const float HIGHEST = 1.6;
#endif

// Only what something may come close to gets darker than by turning.
#ifdef FIRST_SPHERE
const float LOWEST = 0.3;
#else
const float LOWEST = 0.5;
#endif

// What comes back from a surface that hides the sky.
#ifdef SKIN
const vec3 REBOUND = vec3(0.30, 0.16, 0.12);
#else
const vec3 REBOUND = vec3(0.10);
#endif

void main() {
    blend_bones();
    vec3 p = posed_point(position);
    vec3 n = normalize(posed_normal(normal));
    float grazing = 1.0 - clamp(dot(n, normalize(EYE - p)), 0.0, 1.0);
    grazing *= grazing * grazing;
    texture_at = uv;
#ifdef OWN_MARKS
    marked = mark;
#endif
    vec3 light = light_on(n) + RIM_COLOUR * (rim_amount(n) * grazing * 0.6);
#ifdef FIRST_SPHERE
    vec2 open = left_open(p, n);
    vec3 key = KEY_COLOUR * key_on(dot(n, KEY_DIRECTION));
    light = key * open.y + (light - key) * mix(REBOUND, vec3(1.0), open.x);
#endif
    // A part turned out of its own shadow knows nothing of highlights: keep it from glaring.
    relight = clamp(tone(grey * light) * unlit, LOWEST, HIGHEST);
#if defined(SKIN) && !defined(TURNS_OVER)
    // The film's curve bends red first, which a factor does not: light pales, shadow warms.
    relight += (relight - 1.0) * vec3(-0.35, 0.0, 0.15);
#endif
#ifdef CREASES
    creased = min(creasing, DEEPEST);
#endif
    gl_Position = view_projection * vec4(p, 1.0);
}
