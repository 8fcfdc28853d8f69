using System.Collections.Generic;
using Google.Protobuf.Collections;
using ModelBuild.Onnx.Diagnostics;
using ModelBuild.Onnx.Protos;

namespace ModelBuild.Onnx.Reading;

/// <summary>The operator sets that a model or a function imports.</summary>
internal static class OpsetImporter
{
    /// <summary>The newest version of each domain that ONNX defines. Versions of other domains are their owners' business.</summary>
    private static readonly Dictionary<string, long> Newest = new()
    {
        [OnnxDomain.Standard] = 28,
        [OnnxDomain.MachineLearning] = 5,
        [OnnxDomain.Preview] = 1,
        [OnnxDomain.Training] = 1,
    };

    public static SortedDictionary<string, long> Import(RepeatedField<OperatorSetIdProto> protos, FileReport report)
    {
        var opsets = new SortedDictionary<string, long>(System.StringComparer.Ordinal);
        foreach (OperatorSetIdProto proto in protos)
        {
            string domain = OnnxDomain.Normalize(proto.Domain);
            string display = DiagnosticText.Quote(OnnxDomain.Display(domain));
            if (!opsets.TryAdd(domain, proto.Version))
            {
                // Saying the same twice is harmless, and some tools that merge models do.
                if (opsets[domain] != proto.Version)
                {
                    report.Add(ReaderDiagnostics.OpsetConflict, null, display, opsets[domain], proto.Version);
                }
            }
            else if (Newest.TryGetValue(domain, out long newest) && (proto.Version < 1 || proto.Version > newest))
            {
                report.Add(ReaderDiagnostics.OpsetUnknown, null, display, proto.Version, newest);
            }
        }

        return opsets;
    }
}
