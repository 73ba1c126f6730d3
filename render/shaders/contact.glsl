// Light that arms and hands leave, in the pose they have: include it after skinning and light.
#ifdef FIRST_SPHERE
const float FAR = 0.12;

// Shares of the sky and of a large lamp that the spheres leave open; one that lies below the
// surface, as those of its own limb do, takes nothing. No division: this runs for every vertex.
vec2 left_open(vec3 p, vec3 n) {
    vec2 open = vec2(1.0);
    float lit = clamp(dot(n, KEY_DIRECTION) * 2.0, 0.0, 1.0);
    for (int i = FIRST_SPHERE; i < END_SPHERE; ++i) {
        vec3 d = spheres[i].xyz - p;
        float q = dot(d, d);
        float near = inversesqrt(q);
        float size = max(min(spheres[i].w * near * near, 1.0) - FAR, 0.0);
        open.x *= 1.0 - size * clamp(dot(n, d) * near, 0.0, 1.0);
        float ahead = dot(d, KEY_DIRECTION);
        float aside = q - ahead * ahead;
        float cover = clamp(1.4 - aside * (0.5 / (TYPICAL_SPHERE * TYPICAL_SPHERE)), 0.0, 0.85);
        // not its own limb's, and fainter from afar
        cover *= clamp(ahead * (1.0 / TYPICAL_SPHERE) - 0.9, 0.0, 1.0) * clamp(1.3 - 5.0 * ahead, 0.0, 1.0);
        open.y *= 1.0 - cover * lit;
    }
    return open;
}
#endif
