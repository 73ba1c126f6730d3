// A texture in the light that comes from everywhere, as the screen shows it.
#include "light.glsl"
uniform sampler2D albedo;
uniform vec3 tint;
in vec2 texture_at;
out vec4 colour;

void main() {
    vec4 texel = texture(albedo, texture_at);
    colour = vec4(tone(texel.rgb * texel.rgb * tint * light_from_everywhere()), texel.a);
}
