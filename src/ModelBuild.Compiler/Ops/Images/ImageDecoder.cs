using System.Collections.Generic;

namespace ModelBuild.Compiler.Ops;

/// <summary>
/// The pixels <c>[height, width, channels]</c> of an encoded image; empty, <c>[0, 0, channels]</c>, where it cannot be decoded. https://onnx.ai/onnx/operators/onnx__ImageDecoder.html
/// Formats: BMP, JPEG, JPEG 2000, PNG, PNM, TIFF, WebP. Transparency is left out, and of 16 bits the high byte is kept.
/// Versions: 20.
/// </summary>
internal sealed class ImageDecoder : FunctionOp
{
    public override IReadOnlyList<int> Versions => [20];

    public override void Expand(FunctionContext f)
    {
        var size = f.Add($"{OwnDomain}.{nameof(ImageSize)}", f.Require(0));
        f.Output(0, f.Add($"{OwnDomain}.{nameof(DecodeImage)}", f.Attributes, f.Require(0), size));
    }
}
