// Light that arms and hands leave, in the pose they have: include it after skinning and light.
#ifdef FIRST_SPHERE
const float FAR = 0.12;
const float LAMP = 0.25;
// squared size of the lamp, in its distance

// Shares of the sky and of a large lamp that the spheres leave open; one that lies below the
// surface, as those of its own limb do, takes nothing. A shadow spreads with the distance to what
// casts it, and pales as it spreads, so that none shows an outline.
vec2 left_open(vec3 p, vec3 n) {
    vec2 open = vec2(1.0);
    for (int i = FIRST_SPHERE; i < END_SPHERE; ++i) {
        vec3 d = spheres[i].xyz - p;
        float size2 = spheres[i].w;
        float q = dot(d, d);
        float near = inversesqrt(q);
        float sky = max(min(size2 * near * near, 1.0) - FAR, 0.0);
        open.x *= 1.0 - sky * clamp(dot(n, d) * near, 0.0, 1.0);
        float ahead = dot(d, KEY_DIRECTION);
        float spread = 1.0 / (2.0 * size2 + LAMP * ahead * ahead);
        float cover = max(1.0 - (q - ahead * ahead) * spread, 0.0);
        cover *= cover * 2.0 * size2 * spread;
        // not its own limb's
        open.y *= 1.0 - cover * clamp(ahead * (1.0 / TYPICAL_SPHERE) - 0.9, 0.0, 1.0);
    }
    return open;
}
#endif
