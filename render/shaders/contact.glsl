// Light that arms and hands leave, in the pose they have: include it after skinning and light.

const float FAR = 0.12;

// Shares of the sky and of a large lamp that these spheres leave open; a sphere that lies below the
// surface, as those of its own limb do, takes nothing.
vec2 left_open(vec3 p, vec3 n, int from, int to) {
    vec2 open = vec2(1.0);
    float lit = clamp(dot(n, KEY_DIRECTION) * 2.0, 0.0, 1.0);
    for (int i = from; i < to; ++i) {
        vec3 d = spheres[i].xyz - p;
        float r = spheres[i].w;
        float q = dot(d, d);
        float size = max(min(r * r / q, 1.0) - FAR, 0.0);
        open.x *= 1.0 - size * clamp(dot(n, d) * inversesqrt(q), 0.0, 1.0);
        float ahead = dot(d, KEY_DIRECTION);
        // the farther, the softer and fainter
        float aside = sqrt(max(q - ahead * ahead, 0.0));
        float cover = clamp((r * 1.3 + 0.25 * ahead - aside) / (r * 0.9 + 0.5 * max(ahead, 0.0)), 0.0, 1.0);
        cover *= clamp(ahead / r - 0.9, 0.0, 1.0) * clamp(1.3 - 5.0 * ahead, 0.0, 1.0);
        open.y *= 1.0 - cover * lit;
    }
    return open;
}
