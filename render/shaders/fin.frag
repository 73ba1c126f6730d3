uniform sampler2D lit;
uniform sampler2D hairs;
in vec2 texture_at;
in vec2 hair_at;
in float shown;
out vec4 colour;

void main() {
    vec4 texel = texture(lit, texture_at);
    float cover = texture(hairs, hair_at).r * shown * texel.a;
    if (cover < 0.03) discard;
    colour = vec4(texel.rgb, cover);
}
