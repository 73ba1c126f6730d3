// Run once, by transform feedback: the divisor that takes the baked light out again.
#include "light.glsl"
uniform float grey;
in vec3 normal;
out vec3 unlit;

void main() {
    unlit = 1.0 / max(tone(grey * light_on(normalize(normal))), vec3(0.02));
}
