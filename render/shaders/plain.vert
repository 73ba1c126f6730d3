// Another maker's surface: its texture holds the light that comes from everywhere; the lights that
// come from somewhere are worked out for each vertex, in the pose it has.
#include "skinning.glsl"
#include "light.glsl"
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec2 shade;
in float grey;
out vec2 texture_at;
out vec3 relight;

void main() {
    blend_bones();
    vec3 p = posed_point(position);
    vec3 n = normalize(posed_normal(normal));
    vec3 v = normalize(EYE - p);
#ifdef TWO_SIDED
    if (dot(n, v) < 0.0) n = -n;
#endif
    float grazing = 1.0 - clamp(dot(n, v), 0.0, 1.0);
    grazing *= grazing * grazing;
    vec3 light = KEY_COLOUR * key_on_skin(dot(n, KEY_DIRECTION)) * mix(0.12, 1.0, shade.y)
        + (FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.3) / 1.3, 0.0, 1.0) + ambient(n) * 1.1)
            * shade.x
        + RIM_COLOUR * (rim_amount(n) * grazing * 0.35 * shade.x);
    texture_at = uv;
    relight = clamp(tone(grey * light) / tone(vec3(grey) * light_from_everywhere()), 0.2, 1.6);
    gl_Position = view_projection * vec4(p, 1.0);
}
