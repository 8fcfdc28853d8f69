using System;

namespace ModelBuild.Kernels;

/// <summary>How ONNX Resize interpolates: https://onnx.ai/onnx/operators/onnx__Resize.html</summary>
/// <param name="Mode">0 nearest, 1 linear, 2 cubic.</param>
/// <param name="Coordinates">0 half_pixel, 1 half_pixel_symmetric, 2 pytorch_half_pixel, 3 align_corners, 4 asymmetric, 5 tf_half_pixel_for_nn, 6 tf_crop_and_resize.</param>
/// <param name="Rounding">Of mode nearest: 0 round_prefer_floor, 1 round_prefer_ceil, 2 floor, 3 ceil.</param>
/// <param name="CubicA">The coefficient of cubic interpolation (Keys, Cubic Convolution Interpolation, 1981).</param>
/// <param name="ExcludesOutside">Whether positions outside have no weight; otherwise the nearest element takes it.</param>
/// <param name="IsAntialiased">Whether the filter is widened where the output is smaller.</param>
/// <param name="Extrapolation">What a crop gives outside.</param>
internal readonly record struct ResizeFilter(int Mode, int Coordinates, int Rounding, float CubicA, bool ExcludesOutside, bool IsAntialiased, float Extrapolation)
{
    public const int Nearest = 0;

    private const int Linear = 1;
    private const int Crop = 6;

    /// <summary>How far from its position an element may be that has a weight.</summary>
    public int Reach => Mode == Linear ? 1 : 2;

    /// <summary>Where in the input an element of the output lies.</summary>
    public double Position(int output, double scale, int length, int outputs, double begin, double end)
    {
        switch (Coordinates)
        {
            case 0:
                return ((output + 0.5) / scale) - 0.5;
            case 1:
                return (length / 2.0 * (1 - (outputs / (scale * length)))) + ((output + 0.5) / scale) - 0.5;
            case 2:
                return outputs > 1 ? ((output + 0.5) / scale) - 0.5 : 0;
            case 3:
                return outputs > 1 ? output * (length - 1.0) / ((scale * length) - 1) : 0;
            case 4:
                return output / scale;
            case 5:
                return (output + 0.5) / scale;
            default:
                return outputs > 1 ? (begin * (length - 1)) + (output * (end - begin) * (length - 1) / ((scale * length) - 1)) : 0.5 * (begin + end) * (length - 1);
        }
    }

    /// <summary>Whether a crop has left the input.</summary>
    public bool IsOutside(double position, int length) => Coordinates == Crop && (position < 0 || position > length - 1);

    /// <summary>The element that mode nearest takes.</summary>
    public int NearestTo(double position) => Rounding switch
    {
        0 => (int)Math.Ceiling(position - 0.5),
        1 => (int)Math.Floor(position + 0.5),
        2 => (int)Math.Floor(position),
        _ => (int)Math.Ceiling(position),
    };

    /// <summary>Whether a position has no weight because it is outside.</summary>
    public bool Excludes(int position, int length) => ExcludesOutside && (uint)position >= (uint)length;

    /// <summary>The weight of an element at a distance.</summary>
    public double Weight(double distance)
    {
        double d = Math.Abs(distance);
        if (Mode == Linear)
        {
            return d < 1 ? 1 - d : 0;
        }

        return d <= 1 ? (((CubicA + 2) * d) - (CubicA + 3)) * d * d + 1
            : d < 2 ? (((CubicA * d) - (5 * CubicA)) * d + (8 * CubicA)) * d - (4 * CubicA)
            : 0;
    }
}
