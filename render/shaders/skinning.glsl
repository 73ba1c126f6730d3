// Linear blend skinning: three rows of a matrix for each bone; spheres for contact.glsl.
layout(std140) uniform Figure {
    mat4 view_projection;
    vec4 palette[BONE_ROWS];
    vec4 spheres[SPHERES];
};
in vec4 bones;
in vec4 weights;

vec4 row_x, row_y, row_z;

void blend_bones() {
    ivec4 k = ivec4(bones) * 3;
    row_x = palette[k.x] * weights.x + palette[k.y] * weights.y
        + palette[k.z] * weights.z + palette[k.w] * weights.w;
    row_y = palette[k.x + 1] * weights.x + palette[k.y + 1] * weights.y
        + palette[k.z + 1] * weights.z + palette[k.w + 1] * weights.w;
    row_z = palette[k.x + 2] * weights.x + palette[k.y + 2] * weights.y
        + palette[k.z + 2] * weights.z + palette[k.w + 2] * weights.w;
}

vec3 posed_point(vec3 p) {
    vec4 q = vec4(p, 1.0);
    return vec3(dot(row_x, q), dot(row_y, q), dot(row_z, q));
}

vec3 posed_normal(vec3 n) {
    return vec3(dot(row_x.xyz, n), dot(row_y.xyz, n), dot(row_z.xyz, n));
}
