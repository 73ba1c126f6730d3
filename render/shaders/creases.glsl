// Creases of expression: what they do to brightness lies in the alpha of the lit texture.
const float DEEPEST = 1.15;
const float FLAT = 128.0 / 255.0;
const float RANGE = 0.6;
// of red, green and blue: light that comes out of a crease has gone through blood
const vec3 BLED = vec3(0.70, 1.07, 1.20);
