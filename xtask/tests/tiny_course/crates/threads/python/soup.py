"""Cooks soup."""


def main():
    print("soup is ready")


main()
