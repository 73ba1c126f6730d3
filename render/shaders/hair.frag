// The inside of the shell is the hair behind the neck, away from the light.
uniform sampler2D lit;
uniform float mark;
in vec2 texture_at;
out vec4 colour;

void main() {
    vec4 texel = texture(lit, texture_at);
    // The picture is drawn upside down, so what GL calls the back is the outside.
    vec3 c = texel.rgb * (gl_FrontFacing ? 0.5 : 1.0);
#ifdef BLENDED
    colour = vec4(c, texel.a);
#else
    colour = vec4(c, mark);
#endif
}
