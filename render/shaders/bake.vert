// Spreads a part out over its texture: the picture is the texture.
in vec3 position;
in vec3 normal;
in vec2 uv;
in vec2 shade;
in vec4 drape;
out vec3 at;
out vec3 rest;
out vec3 facing;
out vec2 texture_at;
out vec2 shading;
out vec4 draping;

void main() {
    at = position;
    rest = position;
    facing = normal;
    texture_at = uv;
    shading = shade;
    draping = drape;
    gl_Position = vec4(uv * 2.0 - 1.0, 0.0, 1.0);
}
