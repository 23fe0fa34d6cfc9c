"""Cooks bread."""


def main():
    print("bread is ready")


main()
