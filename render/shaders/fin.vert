// Strips on the hair's shell are seen only where it turns away from the eye, which is its outline,
// and where they themselves face it.
#include "skinning.glsl"
uniform sampler2D lit;
in vec3 position;
in vec3 outward;
in vec3 across;
in vec2 uv;
in float rise;
in float along;
out vec2 hair_at;
out vec4 of_hair;

void main() {
    blend_bones();
    vec3 p = posed_point(position);
    vec3 n = normalize(posed_normal(outward));
    vec3 v = normalize(EYE - p);
    float shown = smoothstep(0.25, 0.08, abs(dot(n, v)))
        * smoothstep(0.5, 0.8, abs(dot(posed_normal(across), v)));
    gl_ClipDistance[0] = shown - 0.01;
    of_hair = textureLod(lit, uv, 2.0) * vec4(1.0, 1.0, 1.0, shown);
    // Rooted within, since between two of its points the outline may lie inside a chord.
    float height = mix(-0.004, HEIGHT_M, rise);
    hair_at = vec2(along, height / HEIGHT_M);
    gl_Position = view_projection * vec4(p + n * height, 1.0);
}
