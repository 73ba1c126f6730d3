// Single hairs along a strip: uv.x along the lid, uv.y from the lid to the tips.
uniform vec3 tint;
in vec2 texture_at;
out vec4 colour;

void main() {
    float x = texture_at.x * 30.0 + 0.25 * sin(texture_at.y * 3.0 + texture_at.x * 40.0);
    float across = abs(fract(x) - 0.5) * 2.0;
    float blur = clamp(fwidth(x) * 1.2, 0.0, 1.0);
    float threshold = 0.30 + 0.62 * texture_at.y;
    float hair = smoothstep(threshold - 0.08, threshold + 0.10, 1.0 - across * 0.78);
    float mean = clamp((1.0 - threshold) / 0.78, 0.0, 1.0);
    float cover = mix(hair, mean, smoothstep(0.25, 0.8, blur));
    cover *= 1.0 - smoothstep(0.80, 1.0, texture_at.y + 0.15 * sin(texture_at.x * 57.0));
    cover = max(cover, smoothstep(0.22, 0.06, texture_at.y));
    // Thins out at both corners of the eye.
    cover *= smoothstep(0.0, 0.14, texture_at.x) * smoothstep(1.0, 0.86, texture_at.x);
    colour = vec4(tint, cover);
}
