// The texture holds the light of the mesh's own pose; a head that turns takes its hair into other
// light, for which a factor stands in.
#include "skinning.glsl"
#include "light.glsl"
in vec3 position;
in vec3 normal;
in vec2 uv;
out vec2 texture_at;
out float relight;

float light_on_hair(vec3 n) {
    vec3 light = KEY_COLOUR * clamp(dot(n, KEY_DIRECTION) * 0.62 + 0.38, 0.0, 1.0)
        + FILL_COLOUR * clamp(dot(n, FILL_DIRECTION) * 0.5 + 0.4, 0.0, 1.0) + ambient(n) * 1.5;
    return dot(light, vec3(0.3, 0.6, 0.1));
}

void main() {
    blend_bones();
    texture_at = uv;
    relight = clamp(sqrt(light_on_hair(posed_normal(normal)) / light_on_hair(normal)), 0.7, 1.4);
    gl_Position = view_projection * vec4(posed_point(position), 1.0);
}
