using System.Linq;
using ModelBuild.Compiler.IR;
using ModelBuild.Compiler.Lowering;
using ModelBuild.Kernels;
using ModelBuild.Plan;

namespace ModelBuild.Compiler.Ops;

/// <summary>The geometry of a convolution over NHWC data, in the forms that the kernels take; the same for floats and for 8-bit integers.</summary>
internal sealed class ConvGeometry
{
    private readonly TensorType _x;
    private readonly TensorType _y;
    private readonly Window _window;
    private readonly Tensor _weights;
    private readonly int _groups;
    private readonly bool _isPlanes;

    /// <summary>The geometry of a node whose input 0 is x and input 1 the weights.</summary>
    public ConvGeometry(Node node)
    {
        _x = ConvPlanes.Pixels(node.Attributes, node.Inputs[0]!.Type);
        _isPlanes = ConvPlanes.Of(node.Attributes);
        _weights = node.Inputs[1]!.Constant!;
        _window = Window.Of(node.Attributes, [_x[1], _x[2]], [_weights.Dims[2], _weights.Dims[3]]);
        _y = _x.With(_x[0], _window.Output[0], _window.Output[1], _weights.Dims[0]);
        _groups = node.Attributes.Int("group", 1);
        Pool = ConvPooling.Of(node.Attributes);
    }

    /// <summary>1, or 2 where only the largest of each 2x2 outputs is wanted. All other sizes are those of the convolution.</summary>
    public int Pool { get; }

    public Dim Batch => _x[0];

    /// <summary>Every channel is a group of its own, and gives one output channel.</summary>
    public bool IsDepthwise => _groups > 1 && _groups == Channels && _weights.Dims[0] == Channels;

    public string Note
    {
        get
        {
            var taps = _weights.Dims[2] * _weights.Dims[3] * _weights.Dims[1];
            var cost = _y[1] * _y[2] * _y[3] * taps;
            var text = $"{_weights.Dims[2]}x{_weights.Dims[3]}, [{_x[1]},{_x[2]},{_x[3]}] -> [{_y[1]},{_y[2]},{_y[3]}]";
            text = cost.IsConstant ? $"{text}, {cost.Constant:N0} multiply-adds" : text;
            return Pool > 1 ? $"{text}, the largest of each {Pool}x{Pool}" : text;
        }
    }

    /// <summary>The convolution over the padded input.</summary>
    public StructLiteral Shape => StructLiteral.Of<ConvShape>(
        PaddedHeight, PaddedWidth, _x[3], _weights.Dims[2], _weights.Dims[3], _window.Strides[0], _window.Strides[1], _window.Dilations[0], _window.Dilations[1],
        _y[1], _y[2], _y[3], _groups);

    /// <summary>As much of the geometry as the packing of weights depends on.</summary>
    public ConvShape ChannelShape => new(
        0, 0, Channels, (int)_weights.Dims[2], (int)_weights.Dims[3], (int)_window.Strides[0], (int)_window.Strides[1], (int)_window.Dilations[0], (int)_window.Dilations[1],
        0, 0, (int)_weights.Dims[0], _groups);

    /// <summary>Whether <see cref="ConvWinogradF32"/> can compute the convolution, and does it faster.</summary>
    public bool IsWinograd =>
        _groups == 1 && _weights.Dims[2] is 3 or 5 && _weights.Dims[2] == _weights.Dims[3]
        && _window.Strides.Concat(_window.Dilations).All(step => step == 1) && _window.PadsBegin.All(pad => pad.IsConstant)
        && WinogradCost.IsLower(Channels, (int)_weights.Dims[0], (int)_weights.Dims[2], _y[1], _y[2]);

    /// <summary>Whether the kernel reads a padded copy of the input, see <see cref="Pad"/>.</summary>
    public bool ReadsPaddedCopy => !IsDepthwise && !IsWinograd && !_window.IsUnpadded;

    /// <summary>Winograd's convolution, whose kernel does the padding itself.</summary>
    public StructLiteral WinogradShape => StructLiteral.Of<WinogradShape>(
        _x[1], _x[2], _x[3], _weights.Dims[2], _window.PadsBegin[0], _window.PadsBegin[1], _y[1], _y[2], _y[3], WinogradBlock);

    /// <summary>Floats of scratch memory that Winograd's convolution needs.</summary>
    public int WinogradScratch => ConvWinogradF32.ScratchLength(new WinogradShape(0, 0, Channels, (int)_weights.Dims[2], 0, 0, 0, 0, (int)_weights.Dims[0], WinogradBlock));

    /// <summary>The depthwise convolution, whose kernel does the padding itself.</summary>
    public StructLiteral DepthwiseShape => StructLiteral.Of<DepthwiseShape>(
        _x[1], _x[2], _x[3], _weights.Dims[2], _weights.Dims[3], _window.Strides[0], _window.Strides[1], _window.Dilations[0], _window.Dilations[1],
        _window.PadsBegin[0], _window.PadsBegin[1], _y[1], _y[2]);

    /// <summary>As much of the geometry as the packing of depthwise weights depends on.</summary>
    public DepthwiseShape DepthwiseChannelShape => new(0, 0, Channels, (int)_weights.Dims[2], (int)_weights.Dims[3], 1, 1, 1, 1, 0, 0, 0, 0);

    private int Channels => (int)_x[3].Constant;

    private int WinogradBlock => WinogradCost.BlockTiles(Channels, (int)_weights.Dims[0], (int)_weights.Dims[2], _y[1], _y[2]);

    private Dim PaddedHeight => _x[1] + _window.PadsBegin[0] + _window.PadsEnd[0];

    private Dim PaddedWidth => _x[2] + _window.PadsBegin[1] + _window.PadsEnd[1];

    /// <summary>The padding alone, for a kernel that does it itself.</summary>
    public StructLiteral Padding => StructLiteral.Of<ImagePadding>(_window.PadsBegin[0], _window.PadsBegin[1], _window.PadsEnd[0], _window.PadsEnd[1]);

    /// <summary>The shape where its sizes are numbers, or null.</summary>
    public ConvShape? ConstantShape => PaddedHeight.IsConstant && PaddedWidth.IsConstant && _y[1].IsConstant && _y[2].IsConstant
        ? ChannelShape with
        {
            InputHeight = (int)PaddedHeight.Constant,
            InputWidth = (int)PaddedWidth.Constant,
            OutputHeight = (int)_y[1].Constant,
            OutputWidth = (int)_y[2].Constant,
        }
        : null;

    /// <summary>The scratch buffer of <see cref="ConvInt8"/>.</summary>
    public Value Int8Scratch(LowerContext context)
    {
        var inputs = (PaddedHeight * PaddedWidth * _x[3]) + TileInt8.SlackInputs;
        return context.Temporary(ElementType.UInt8, ConstantShape is { } shape ? ConvInt8.ScratchLength(shape) : inputs * sizeof(short), "scratch");
    }

    /// <summary>The input with its padding: itself where there is none, else a padded copy.</summary>
    public Value Pad(LowerContext context, Scalar value)
    {
        var input = context.Input(0);
        if (_window.IsUnpadded)
        {
            return input;
        }

        var padded = context.Temporary(_x.Element, Batch * PaddedHeight * PaddedWidth * _x[3], "padded");
        context.Call(
            _isPlanes ? typeof(PadPlanes) : typeof(PadNhwc), nameof(PadNhwc.Run), input, padded, value, Batch, _x[1], _x[2], _x[3],
            _window.PadsBegin[0], _window.PadsBegin[1], _window.PadsEnd[0], _window.PadsEnd[1]);
        return padded;
    }
}
