// Light that falls on a surface. KEY_*, FILL_*, RIM_*, AMBIENT_*, EYE, EXPOSURE are constants of the scene.

// Filmic curve of Narkowicz (2015), then a square root for sRGB.
vec3 tone(vec3 c) {
    c *= EXPOSURE;
    c = (c * (2.51 * c + 0.03)) / (c * (2.43 * c + 0.59) + 0.14);
    return sqrt(clamp(c, 0.0, 1.0));
}

vec3 ambient(vec3 n) {
    return mix(AMBIENT_GROUND, AMBIENT_SKY, n.y * 0.5 + 0.5);
}

// Light passing through skin wraps round the terminator, red furthest.
vec3 key_on_skin(float n_dot_key) {
    vec3 wrap = vec3(0.31, 0.22, 0.18);
    vec3 diffuse = clamp((n_dot_key + wrap) / (1.0 + wrap), 0.0, 1.0);
    return diffuse * (diffuse * 0.55 + 0.47);
}

vec3 key_on_cloth(float n_dot_key) {
    return vec3(clamp((n_dot_key + 0.15) / 1.15, 0.0, 1.0));
}

// Skin is lit with more of a lamp and less of a room than cloth: that is what gives a face form.
const float SKIN_FILL = 0.8;
const float SKIN_AMBIENT = 0.95;

vec3 light_on_skin(vec3 n) {
    return KEY_COLOUR * key_on_skin(dot(n, KEY_DIRECTION))
        + FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.3) / 1.3, 0.0, 1.0) * SKIN_FILL
        + ambient(n) * SKIN_AMBIENT;
}

vec3 light_on_cloth(vec3 n) {
    return KEY_COLOUR * key_on_cloth(dot(n, KEY_DIRECTION))
        + FILL_COLOUR * clamp((dot(n, FILL_DIRECTION) + 0.25) / 1.25, 0.0, 1.0)
        + ambient(n);
}

// Light from everywhere: for what turns over, and would carry its highlights with it.
vec3 light_from_everywhere() {
    return KEY_COLOUR * 0.44 + FILL_COLOUR * 0.36 + (AMBIENT_SKY + AMBIENT_GROUND) * 0.5;
}

float rim_amount(vec3 n) {
    return clamp(dot(n, RIM_DIRECTION), 0.0, 1.0) + 0.8 * clamp(dot(n, RIM_DIRECTION_2), 0.0, 1.0);
}

#ifdef SKIN
#define light_on light_on_skin
#define key_on key_on_skin
#else
#define light_on light_on_cloth
#define key_on key_on_cloth
#endif
