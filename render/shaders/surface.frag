// Alpha holds the part's mark, by which edges are found and softened after reading back.
#include "creases.glsl"
uniform sampler2D lit;
in vec2 texture_at;
in vec3 relight;
#ifdef OWN_MARKS
in float marked;
#else
uniform float marked;
#endif
#ifdef CREASES
in float creased;
#endif
out vec4 colour;

void main() {
#ifdef CUT_OUT
    vec4 texel = texture(lit, texture_at);
    if (texel.a < 0.5) discard;
    colour = vec4(texel.rgb * relight, marked);
#elif defined(CREASES)
    vec4 texel = texture(lit, texture_at);
    vec3 crease = creased * (texel.a - FLAT) * (RANGE * 255.0 / 127.0) * BLED;
    colour = vec4(texel.rgb * relight * (1.0 + crease), marked);
#else
    colour = vec4(texture(lit, texture_at).rgb * relight, marked);
#endif
}
