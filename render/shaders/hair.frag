// The inside of the shell is the hair behind the neck, away from the light.
uniform sampler2D lit;
uniform float mark;
in vec2 texture_at;
in float relight;
out vec4 colour;

void main() {
    vec4 texel = texture(lit, texture_at);
    vec3 c = texel.rgb * (gl_FrontFacing ? relight : 0.62);
#ifdef BLENDED
    if (texel.a < 0.06) discard;
    colour = vec4(c, texel.a);
#else
    colour = vec4(c, mark);
#endif
}
