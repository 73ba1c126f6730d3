// Small forms that no triangle carries, as heights in metres.
float hash(vec3 p) {
    p = fract(p * vec3(0.1031, 0.1030, 0.0973));
    p += dot(p, p.yxz + 33.33);
    return fract((p.x + p.y) * p.z);
}

float value_noise(vec3 p) {
    vec3 i = floor(p);
    vec3 f = p - i;
    f = f * f * (3.0 - 2.0 * f);
    vec2 e = vec2(0.0, 1.0);
    return mix(
        mix(mix(hash(i), hash(i + e.yxx), f.x), mix(hash(i + e.xyx), hash(i + e.yyx), f.x), f.y),
        mix(mix(hash(i + e.xxy), hash(i + e.yxy), f.x),
            mix(hash(i + e.xyy), hash(i + e.yyy), f.x), f.y),
        f.z);
}

float ridge(vec3 p) {
    float n = 1.0 - abs(value_noise(p) * 2.0 - 1.0);
    return n * n * (3.0 - 2.0 * n);
}

const float STEEPEST = 0.8;

// A normal bent by a height, after Mikkelsen (2010): no tangents needed.
vec3 bent_normal(vec3 n, vec3 p, float height) {
    vec3 along_x = dFdx(p);
    vec3 along_y = dFdy(p);
    vec3 r1 = cross(along_y, n);
    vec3 r2 = cross(n, along_x);
    float det = dot(along_x, r1);
    // Where one kind of relief ends and another begins the height jumps: no cliff may stand there.
    float up_x = clamp(dFdx(height), -STEEPEST * length(along_x), STEEPEST * length(along_x));
    float up_y = clamp(dFdy(height), -STEEPEST * length(along_y), STEEPEST * length(along_y));
    vec3 slope = sign(det) * (up_x * r1 + up_y * r2);
    return normalize(abs(det) * n - slope);
}
