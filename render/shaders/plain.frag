// Alpha of opaque and cut-out surfaces is the part's mark; of blended ones it is their cover.
uniform sampler2D lit;
uniform float mark;
in vec2 texture_at;
in vec3 relight;
out vec4 colour;

void main() {
#if defined(CUT_OUT) || defined(BLENDED)
    vec4 texel = texture(lit, texture_at);
#ifdef CUT_OUT
    if (texel.a < 0.5) discard;
    colour = vec4(texel.rgb * relight, mark);
#else
    // what is nearly clear must not stand before things drawn later
    if (texel.a < 0.03) discard;
    colour = vec4(texel.rgb * relight, texel.a);
#endif
#else
    colour = vec4(texture(lit, texture_at).rgb * relight, mark);
#endif
}
