uniform sampler2D hairs;
in vec2 hair_at;
in vec4 of_hair;
out vec4 colour;

void main() {
    colour = vec4(of_hair.rgb, of_hair.a * texture(hairs, hair_at).r);
}
