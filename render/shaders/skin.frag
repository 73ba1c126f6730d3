// Skin as seen by the camera: in the light of the mesh's own pose, or of the pose it has (POSED).
#include "light.glsl"
#include "relief.glsl"
#include "creases.glsl"
uniform sampler2D albedo;
uniform vec3 tint;
in vec3 at;
in vec3 rest;
in vec3 facing;
in vec2 texture_at;
in vec2 shading;
#ifdef POSED
#ifdef OWN_MARKS
in float marked;
#else
uniform float marked;
#endif
#endif
#ifdef CREASES
uniform sampler2D relief;
#ifdef POSED
in float creased;
#endif
#endif
out vec4 colour;

// What comes from a point of the skin with this normal, so deep in a groove (0 to 1).
vec3 shaded(vec3 n, float groove) {
    vec3 v = normalize(EYE - at);
    vec4 texel = texture(albedo, texture_at);
    vec3 base = texel.rgb * texel.rgb * tint;
    float gloss = texel.a;
    // A groove sees less of the sky, and its sides stand before the lamp.
    float open = shading.x * (1.0 - 0.55 * groove);
    float seen = shading.y * (1.0 - 0.30 * groove);
    float n_key = dot(n, KEY_DIRECTION);

    // Shadows on skin have a red border; crevices bleed red.
    vec3 soft_seen = mix(pow(vec3(seen), vec3(0.88, 0.96, 1.0)), vec3(1.0), 0.10);
    vec3 soft_open = pow(vec3(open), vec3(0.95, 1.05, 1.10));
    vec3 light = KEY_COLOUR * key_on_skin(n_key) * soft_seen
        + FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.3) / 1.3, 0.0, 1.0)
            * mix(open, 1.0, 0.35) * SKIN_FILL
        + ambient(n) * soft_open * SKIN_AMBIENT;
#ifdef TURNS_OVER
    // Its sheen from all sides too: without it dark skin would be redder here than on the face.
    return (base * 0.85 + 0.017) * light_from_everywhere() * soft_open;
#endif
    // Light mirrored from all sides: white, so it counts most where skin is dark.
    vec3 c = (base * 0.95 + 0.010) * light;

    // One broad lobe (GGX) for the key light, one soft for the fill.
    vec3 h = normalize(KEY_DIRECTION + v);
    float n_h = clamp(dot(n, h), 0.0, 1.0);
    float rough = mix(0.52, 0.30, gloss);
    float a2 = rough * rough * rough * rough;
    float d = n_h * n_h * (a2 - 1.0) + 1.0;
    float fresnel = 0.028 + 0.5 * pow(1.0 - clamp(dot(v, h), 0.0, 1.0), 5.0);
    float shine = a2 / (3.14159 * d * d) * fresnel * clamp(n_key, 0.0, 1.0) * seen * 0.35
        * (0.35 + gloss * 1.1);
    vec3 h_fill = normalize(FILL_DIRECTION + v);
    float shine_fill = pow(clamp(dot(n, h_fill), 0.0, 1.0), 28.0) * 0.05 * gloss * open;
    c += KEY_COLOUR * shine + FILL_COLOUR * shine_fill;

    float grazing = pow(1.0 - clamp(dot(n, v), 0.0, 1.0), 4.0);
    float pale = smoothstep(0.05, 0.3, base.r);
    // The rim follows the pose: baked in, it would stay on a turned jaw.
#ifdef POSED
    c += RIM_COLOUR * rim_amount(n) * grazing * 0.30 * open * pale;
#endif
    c += ambient(reflect(-v, n)) * grazing * 0.06 * open * pale;
    return c;
}

void main() {
    vec3 n = normalize(facing);
    float pores = value_noise(rest * 1500.0) * 0.00005 + value_noise(rest * 820.0) * 0.00003;
    // Finer than a pixel they would glitter.
    pores *= clamp(0.0005 / length(fwidth(rest)), 0.0, 1.0);
#ifdef CREASES
    float height = texture(relief, texture_at).r;
#ifdef POSED
    height *= creased;
#endif
    float groove = smoothstep(0.0, 0.0009, -height);
#endif
#if defined(CREASES) && defined(POSED)
    colour = vec4(tone(shaded(bent_normal(n, at, pores + height), groove)), marked);
#elif defined(POSED)
    colour = vec4(tone(shaded(bent_normal(n, at, pores), 0.0)), marked);
#elif defined(CREASES)
    vec3 plain = tone(shaded(bent_normal(n, at, pores), 0.0));
    vec3 folded = tone(shaded(bent_normal(n, at, pores + height), groove));
    float change = dot(folded, vec3(1.0)) / max(dot(plain, vec3(1.0)), 0.02) - 1.0;
    colour = vec4(plain, FLAT + clamp(change / RANGE, -1.0, 1.0) * 127.0 / 255.0);
#else
    colour = vec4(tone(shaded(bent_normal(n, at, pores), 0.0)), 1.0);
#endif
}
