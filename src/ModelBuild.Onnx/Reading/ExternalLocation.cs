using System.Globalization;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>The key-value pairs by which a tensor says where its bytes are.</summary>
/// <param name="Location">The file, relative to the model's folder.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">The number of bytes, or null when type and dimensions tell it.</param>
internal readonly record struct ExternalLocation(string Location, long Offset, long? Length)
{
    /// <summary>Reads the pairs; unknown keys (such as checksum) are ignored. Gives null and the problem when they make no sense.</summary>
    public static ExternalLocation? Parse(TensorProto proto, out string? problem)
    {
        string location = "";
        long offset = 0;
        long? length = null;
        problem = null;
        foreach (StringStringEntryProto pair in proto.ExternalData)
        {
            switch (pair.Key)
            {
                case "location":
                    location = pair.Value;
                    break;
                case "offset" when TryNumber(pair.Value, out offset):
                    break;
                case "length" when TryNumber(pair.Value, out long number):
                    length = number;
                    break;
                case "offset" or "length":
                    problem = $"has {pair.Key} '{pair.Value}', which is not a number from 0";
                    return null;
            }
        }

        if (location.Length == 0 || location.Contains('\0'))
        {
            problem = location.Length == 0 ? "does not name a file" : "names a file with a null character";
            return null;
        }

        return new ExternalLocation(location, offset, length);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
