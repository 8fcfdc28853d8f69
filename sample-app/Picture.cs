using System;
using System.Text;

namespace SampleApp;

internal static class Picture
{
    private const int Side = 28;
    private const string Shades = " .:-=+*#%@";

    /// <summary>Draws a digit in characters, two pixel rows in a line since characters are twice as high as wide.</summary>
    public static string Draw(ReadOnlySpan<byte> pixels)
    {
        var text = new StringBuilder();
        for (var y = 0; y < Side; y += 2)
        {
            var line = new StringBuilder("      ");
            for (var x = 0; x < Side; x++)
            {
                var ink = (pixels[(y * Side) + x] + pixels[((y + 1) * Side) + x]) / 2;
                line.Append(Shades[ink * Shades.Length / 256]);
            }

            var drawn = line.ToString().TrimEnd();
            if (drawn.Length > 0)
            {
                text.AppendLine(drawn);
            }
        }

        return text.ToString();
    }
}
