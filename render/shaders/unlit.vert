// Run once, by transform feedback: the divisor that takes the baked light out again.
#include "light.glsl"
uniform float grey;
in vec3 normal;
out vec3 unlit;

void main() {
#ifdef TURNS_OVER
    vec3 light = light_from_everywhere();
#else
    vec3 light = light_on(normalize(normal));
#endif
    unlit = 1.0 / max(tone(grey * light), vec3(0.02));
}
