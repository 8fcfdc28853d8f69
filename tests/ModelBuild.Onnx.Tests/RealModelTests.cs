using ModelBuild.Onnx.Diagnostics;
using Shouldly;
using Xunit;

namespace ModelBuild.Onnx.Tests;

public sealed class RealModelTests
{
    [SkippableFact]
    public void Every_real_model_is_read_without_complaint()
    {
        foreach (string path in RealModelFiles.Require())
        {
            var sink = new DiagnosticSink();

            OnnxModel? model = OnnxReader.Read(path, sink);

            sink.All.ShouldBeEmpty(path);
            model.ShouldNotBeNull(path);
            model.Graph.Nodes.ShouldNotBeEmpty(path);
            model.Opsets.ShouldNotBeEmpty(path);
            model.Sha256.Length.ShouldBe(64);
        }
    }
}
