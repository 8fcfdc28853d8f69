using System.Globalization;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>The key-value pairs by which a tensor says where its bytes are.</summary>
/// <param name="Location">The file, relative to the model's folder.</param>
/// <param name="Offset">The first byte.</param>
/// <param name="Length">The number of bytes, or null when type and dimensions tell it.</param>
internal readonly record struct ExternalLocation(string Location, long Offset, long? Length)
{
    // What Linux allows for a path; Windows allows more only when asked to.
    private const int LongestLocation = 4096;

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
                    problem = $"has {pair.Key} {DiagnosticText.Quote(pair.Value)}, which is not a number from 0";
                    return null;
            }
        }

        problem = location switch
        {
            "" => "does not name a file",
            { Length: > LongestLocation } => $"names a file with more than {LongestLocation} characters",
            _ when location.Contains('\0') => "names a file with a null character",
            _ => null,
        };
        return problem is not null ? null : new ExternalLocation(location, offset, length);
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
